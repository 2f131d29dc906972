/** The frame around every page: where one is, where one can go, and what the server last published. */
import { lazy, Suspense } from "react";
import { Route, Switch, useLocation } from "wouter";
import { FirstReading } from "./frame/first-reading.tsx";
import { Foot } from "./frame/foot.tsx";
import { Head } from "./frame/head.tsx";
import { Notices } from "./frame/notices.tsx";
import { ShortcutHelp } from "./frame/shortcut-help.tsx";
import { ModelsPage } from "./pages/models/models-page.tsx";
import { Boundary } from "./parts/boundary.tsx";
import { Loading, Nothing } from "./parts/standing.tsx";
import { useFreshPages, useProgress } from "./state/progress.ts";

// The first view is the table; every other page is loaded when it is opened.
const ModelPage = lazy(async () => ({ default: (await import("./pages/model/model-page.tsx")).ModelPage }));
const ComparePage = lazy(async () => ({
  default: (await import("./pages/compare/compare-page.tsx")).ComparePage,
}));
const MapPage = lazy(async () => ({ default: (await import("./pages/map/map-page.tsx")).MapPage }));
const ChangesPage = lazy(async () => ({
  default: (await import("./pages/changes/changes-page.tsx")).ChangesPage,
}));
const CheckPage = lazy(async () => ({ default: (await import("./pages/check/check-page.tsx")).CheckPage }));
const SourcesPage = lazy(async () => ({
  default: (await import("./pages/sources/sources-page.tsx")).SourcesPage,
}));
const AboutPage = lazy(async () => ({ default: (await import("./pages/about/about-page.tsx")).AboutPage }));

/** These say something before anything was published. */
const WITHOUT_REVISION: ReadonlySet<string> = new Set(["/sources", "/check", "/about"]);

export function App() {
  const standing = useProgress();
  useFreshPages(standing);
  const [location] = useLocation();
  const { progress } = standing;
  const isFirst =
    progress !== undefined && progress.revision === undefined && !WITHOUT_REVISION.has(location);
  return (
    <div className="flex h-full flex-col">
      <Head />
      <Notices standing={standing} />
      <main className="min-h-0 flex-1" id="content" tabIndex={-1}>
        {isFirst ? <FirstReading progress={progress} /> : <Pages />}
      </main>
      <Foot standing={standing} />
      <ShortcutHelp />
    </div>
  );
}

function Pages() {
  return (
    <Boundary>
      <Suspense fallback={<Loading what="the page" />}>
        <Switch>
          <Route path="/" component={ModelsPage} />
          <Route path="/models/*" component={ModelPage} />
          <Route path="/compare" component={ComparePage} />
          <Route path="/map" component={MapPage} />
          <Route path="/changes" component={ChangesPage} />
          <Route path="/check" component={CheckPage} />
          <Route path="/sources" component={SourcesPage} />
          <Route path="/about" component={AboutPage} />
          <Route>
            <Nothing title="There is no such page">
              The table of all models is{" "}
              <a className="link" href="/">
                here
              </a>
              .
            </Nothing>
          </Route>
        </Switch>
      </Suspense>
    </Boundary>
  );
}

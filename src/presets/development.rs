//! Development servers, at the port that each has unless another is asked for.

/// Vite's development server, from version 3 on
/// ([vitejs/vite#8148](https://github.com/vitejs/vite/pull/8148)).
pub const VITE: &str = "http://localhost:5173";

/// Vite's preview of what was built
/// ([vitejs/vite#8148](https://github.com/vitejs/vite/pull/8148)).
pub const VITE_PREVIEW: &str = "http://localhost:4173";

/// The server of Next.js
/// ([its command line](https://github.com/vercel/next.js/blob/canary/packages/next/src/bin/next.ts)).
pub const NEXT: &str = "http://localhost:3000";

/// The development server of Create React App
/// ([its start script](https://github.com/facebook/create-react-app/blob/main/packages/react-scripts/scripts/start.js)).
pub const CREATE_REACT_APP: &str = "http://localhost:3000";

/// Angular's development server
/// ([its options](https://github.com/angular/angular-cli/blob/main/packages/angular/build/src/builders/dev-server/schema.json)).
pub const ANGULAR: &str = "http://localhost:4200";

/// The development server of Vue CLI
/// ([its options](https://app.unpkg.com/@vue/cli-service@5.0.8/files/lib/commands/serve.js)).
pub const VUE_CLI: &str = "http://localhost:8080";

/// Astro's development server, from version 3 on
/// ([withastro/astro#7874](https://github.com/withastro/astro/pull/7874)).
pub const ASTRO: &str = "http://localhost:4321";

/// Storybook, as its own start script has it
/// ([an add-on that relies on it](https://github.com/tyler36/ddev-storybook)).
pub const STORYBOOK: &str = "http://localhost:6006";

/// `ionic serve`
/// ([Ionic, CORS errors](https://ionicframework.com/docs/troubleshooting/cors)).
pub const IONIC_SERVE: &str = "http://localhost:8100";

/// All of these servers. Leave it out of what is deployed: any program on the machine of the person
/// who visits can have such an origin.
pub const DEVELOPMENT: [&str; 8] = [
    NEXT,
    VITE_PREVIEW,
    ANGULAR,
    ASTRO,
    VITE,
    STORYBOOK,
    VUE_CLI,
    IONIC_SERVE,
];

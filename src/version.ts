/** The version of this program: that of package.json, which a test holds it to. */
export const VERSION = "0.1.0";
/** The oldest Node that has what we need: that of package.json and of the command's entry, which tests hold it to. */
export const OLDEST_NODE = [22, 19] as const;

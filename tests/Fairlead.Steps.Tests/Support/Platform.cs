using System.Runtime.Versioning;

// Steps are executed by /bin/sh.
[assembly: UnsupportedOSPlatform("windows")]

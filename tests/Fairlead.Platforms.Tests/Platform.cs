using System.Runtime.Versioning;

// Instances are executed by /bin/sh.
[assembly: UnsupportedOSPlatform("windows")]

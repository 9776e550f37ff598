using System.Runtime.Versioning;

// Modes, pipes and mounts are what these tests are about.
[assembly: UnsupportedOSPlatform("windows")]

using System.Runtime.InteropServices;

namespace Fairlead.Transport.Tests;

/// <summary>The open files of this process, and how many it may have.</summary>
internal static partial class Descriptors
{
    private const int OpenFiles = 7;

    public static int Count() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();

    /// <summary>Sets how many it may have, and returns how many those were before.</summary>
    public static ulong Limit(ulong files)
    {
        Assert.Equal(0, GetLimit(OpenFiles, out var limit));
        var before = limit.Soft;
        limit.Soft = Math.Min(files, limit.Hard);
        Assert.Equal(0, SetLimit(OpenFiles, in limit));
        return before;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}

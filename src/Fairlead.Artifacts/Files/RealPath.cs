using System.Text;

namespace Fairlead.Artifacts.Files;

/// <summary>Paths with every symbolic link resolved.</summary>
internal static class RealPath
{
    private const int LongestPath = 4096;

    /// <summary>Null when a link on the way leads nowhere, or in a circle.</summary>
    public static string? Of(string path)
    {
        var buffer = new byte[LongestPath + 1];
        return Posix.RealPath(path, buffer) == 0 ? null : Encoding.UTF8.GetString(buffer.AsSpan(0, Array.IndexOf(buffer, (byte)0)));
    }

    /// <param name="path">A real path.</param>
    /// <param name="folder">A real path.</param>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder.EndsWith('/') ? folder : folder + '/', StringComparison.Ordinal);
}

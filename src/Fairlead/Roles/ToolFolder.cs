using Fairlead.Domain.Projects;

namespace Fairlead.Roles;

/// <summary>A folder with a launcher named <c>fairlead</c>, so that steps can call this very program.</summary>
internal static class ToolFolder
{
    /// <returns>The folder's path.</returns>
    public static string Create(StateFolder state)
    {
        var folder = Path.Combine(state.Control, "bin");
        Directory.CreateDirectory(folder);
        var launcher = Path.Combine(folder, "fairlead");
        var command = string.Join(' ', new[] { SelfCommand.FileName }.Concat(SelfCommand.LeadingArguments).Select(Quote));
        File.WriteAllText(launcher, $"#!/bin/sh\nexec {command} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return folder;
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''")}'";
}

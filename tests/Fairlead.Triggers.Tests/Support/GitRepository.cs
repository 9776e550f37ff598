using System.Diagnostics;

namespace Fairlead.Triggers.Tests.Support;

/// <summary>A repository that a test works in.</summary>
internal sealed class GitRepository(string folder)
{
    public string Folder => folder;

    public string Head => Run("rev-parse", "HEAD");

    public static GitRepository Create(string folder)
    {
        Directory.CreateDirectory(folder);
        var made = new GitRepository(folder);
        made.Run("init", "-q");
        return made;
    }

    public string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main", "-c", "gc.auto=0", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}");
    }

    /// <summary>Writes a file and commits everything.</summary>
    public string Commit(string message, string file = "file.txt", string? content = null)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content ?? message);
        Run("add", "-A");
        Run("commit", "-q", "-m", message);
        return Head;
    }
}

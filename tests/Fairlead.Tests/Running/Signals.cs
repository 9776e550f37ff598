using System.Diagnostics;

namespace Fairlead.Tests.Running;

/// <summary>Signals to processes that tests started, and a look at which of them live.</summary>
internal static class Signals
{
    /// <summary>SIGKILL, and waits until the process is gone.</summary>
    public static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGINT, as by Ctrl-C.</summary>
    public static void Interrupt(int processId)
    {
        using var kill = Process.Start("kill", ["-INT", $"{processId}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Processes whose command line names the text, such as a folder that only one test has.</summary>
    public static IReadOnlyList<int> ProcessesNaming(string text)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && id != Environment.ProcessId && CommandLineOf(folder).Contains(text, StringComparison.Ordinal))
                found.Add(id);
        }

        return found;
    }

    private static string CommandLineOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}

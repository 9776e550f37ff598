using System.ComponentModel;
using System.Diagnostics;
using Fairlead.Domain.Problems;

namespace Fairlead.Platforms.Local;

/// <summary>
/// Starts a process that needs nothing of its parent: in a session of its own, so that Ctrl-C in the parent's terminal does not reach it,
/// with its output in a file, since a pipe would break with the parent.
/// </summary>
public static class DetachedProcess
{
    // The shell waits for a line before it becomes the program: until the process is recorded it ends with its parent, whose end closes the pipe.
    // Without setsid (not a part of every POSIX system) the signals of the terminal are ignored instead.
    private const string Script =
        """
        read -r go || exit 125
        log=$1
        shift
        if command -v setsid >/dev/null 2>&1; then set -- setsid "$@"; else trap '' INT HUP QUIT; fi
        exec "$@" >>"$log" 2>&1 </dev/null
        """;

    /// <summary>Starts the program. Its process is the one that is returned, and lives on when this one ends.</summary>
    /// <param name="record">Called with the process before the program begins; when it throws, or when this process is killed meanwhile, the program never does.</param>
    /// <exception cref="FairleadException">Unavailable: no process can be started, or the log cannot be written. A program that does not exist is told in the log.</exception>
    public static ProcessHandle Start(HostLaunch launch, Action<ProcessHandle> record)
    {
        CheckLog(launch.LogFile);
        using var shell = StartShell(launch);
        var handle = ProcessHandle.Of(shell.Id) ?? throw FairleadException.Unavailable($"The shell that starts '{launch.FileName}' ended at once; see whether '/bin/sh' works.");
        record(handle);
        try
        {
            shell.StandardInput.Write("go\n");
            shell.StandardInput.Flush();
        }
        catch (IOException e)
        {
            throw FairleadException.Unavailable($"The shell that starts '{launch.FileName}' ended early; see whether '/bin/sh' works.", e);
        }

        return handle;
    }

    private static Process StartShell(HostLaunch launch)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", Path.GetFullPath(launch.LogFile), launch.FileName, .. launch.Arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in launch.Environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw FairleadException.Unavailable($"'{launch.FileName}' cannot be started by '/bin/sh': {e.Message}; see whether the machine has processes and memory left.", e);
        }
    }

    private static void CheckLog(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FairleadException.Unavailable($"The host's log '{path}' cannot be written: {e.Message}; free the disk or the path.", e);
        }
    }
}

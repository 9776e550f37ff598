using System.Diagnostics;

namespace Fairlead.Tests.Running;

/// <summary>Ends processes the hard way.</summary>
internal static class Signals
{
    /// <summary>SIGKILL, and waits until the process is gone.</summary>
    public static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
        process.WaitForExit();
    }
}

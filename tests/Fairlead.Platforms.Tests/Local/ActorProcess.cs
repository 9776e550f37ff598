using System.Diagnostics;
using Fairlead.Platforms.Local;

namespace Fairlead.Platforms.Tests.Local;

/// <summary>This executable, started in one of the roles of <see cref="Actor"/>; killed at the end of the test.</summary>
internal sealed class ActorProcess : IDisposable
{
    public const string RoleVariable = "FAIRLEAD_TEST_ROLE";
    private readonly Process process;

    private ActorProcess(Process process) => this.process = process;

    public static string FileName => Environment.ProcessPath!;

    public ProcessHandle Handle => ProcessHandle.Of(process.Id)!.Value;

    /// <param name="leadingCommand">Programs through which it is started, such as setsid.</param>
    public static ActorProcess Start(string role, string[] arguments, params string[] leadingCommand)
    {
        string[] command = [.. leadingCommand, FileName, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        start.Environment[RoleVariable] = role;
        return new ActorProcess(Process.Start(start)!);
    }

    public async Task<string?> ReadLineAsync() => await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public Task WaitForExitAsync() => process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}

using System.Net;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Identity.Tokens;
using Fairlead.Platforms.Local;
using Fairlead.ProjectFile;
using Fairlead.Steps.Workspace;

namespace Fairlead.Roles;

/// <summary>Starts and stops the control plane of a project, and its host, from a command that ends itself.</summary>
internal static class ControlProcess
{
    private const int LogTail = 20;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    public static string LockFile(StateFolder state) => Path.Combine(state.Control, "lock");

    private static string LogFile(StateFolder state) => Path.Combine(state.Control, "control.log");

    /// <summary>Starts the control plane in the background and waits until it and its host answer.</summary>
    /// <exception cref="FairleadException">Conflict: one runs already, or a port is in use; Unavailable: it ended or did not become ready.</exception>
    public static async Task<Endpoint> StartAsync(StateFolder state, RoleOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        RequireSafeAddress(options);
        if (SingleInstanceLock.HolderOf(LockFile(state)) is { } holder)
            throw FairleadException.Conflict($"Fairlead runs already for '{state.ProjectRoot}' ({holder}); use it, or stop it with 'fairlead down'.");
        await RequireReadableProjectAsync(state, cancellationToken);
        RequireFreePorts(options, HostRecord.FindAlive(state)?.Url);
        EndpointFile.Delete(state);
        StartFailure.Delete(state);
        var process = DetachedProcess.Start(
            new HostLaunch
            {
                FileName = SelfCommand.FileName,
                Arguments = [.. SelfCommand.LeadingArguments, "control", "--project", state.ProjectRoot, .. options.ToControlArguments()],
                LogFile = LogFile(state),
                Url = options.ControlUrl,
            },
            _ => { });
        try
        {
            return await WaitUntilReadyAsync(state, process, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Half started is not started; the control plane takes the host that it began down with it.
            await process.StopAsync(StopGrace, time, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Stops the control plane and then the host; false when neither ran.</summary>
    public static async Task<bool> StopAsync(StateFolder state, TimeProvider time, CancellationToken cancellationToken)
    {
        var stopped = false;
        if (EndpointFile.Read(state) is { } endpoint && new ProcessHandle(endpoint.ProcessId, endpoint.StartTicks) is { IsAlive: true } control)
        {
            await control.StopAsync(StopGrace, time, cancellationToken);
            stopped = true;
        }

        if (HostRecord.FindAlive(state) is { } host)
        {
            await host.Process.StopAsync(StopGrace, time, cancellationToken);
            HostRecord.Delete(state);
            stopped = true;
        }

        EndpointFile.Delete(state);
        return stopped;
    }

    /// <param name="runningHost">Where a host of this project listens already, which will be adopted.</param>
    /// <exception cref="FairleadException">Conflict, with the option that chooses another port.</exception>
    public static void RequireFreePorts(RoleOptions options, string? runningHost = null)
    {
        var address = options.IpAddress;
        if (options.ControlPort == options.DataPort)
            throw FairleadException.Conflict($"Control plane and host cannot both listen on port '{options.ControlPort}'; choose another by '--host-port'.");
        PortProbe.EnsureFree(address, options.ControlPort, "--port");
        if (runningHost != options.HostUrl)
            PortProbe.EnsureFree(address, options.DataPort, "--host-port");
    }

    /// <exception cref="FairleadException">Invalid when the address is none, or not loopback while no token is set.</exception>
    public static void RequireSafeAddress(RoleOptions options)
    {
        // Read in any case: a token that is none is told here rather than in the log of another process.
        var token = CommandContext.Token;
        if (token is not null && SecretToken.TryParse(token, out _))
            throw FairleadException.Invalid("FAIRLEAD_TOKEN holds the token of a user, which must not become the secret of control plane and host; unset it, and keep it by 'fairlead login' instead.");
        if (!IPAddress.IsLoopback(options.IpAddress) && token is null)
            throw FairleadException.Invalid($"Listening on '{options.IpAddress}' lets others in; set FAIRLEAD_TOKEN to a secret that every call must then carry, or stay on loopback.");
    }

    /// <summary>A first start needs a repository and a project, and leaves nothing behind without; later, what is live comes up whatever they have become.</summary>
    private static async Task RequireReadableProjectAsync(StateFolder state, CancellationToken cancellationToken)
    {
        if (!File.Exists(state.CatalogFile))
            await new GitWorkspace(state.ProjectRoot, new YamlProjectReader()).ReadAsync(cancellationToken);
    }

    private static async Task<Endpoint> WaitUntilReadyAsync(StateFolder state, ProcessHandle process, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < StartTimeout)
        {
            if (EndpointFile.Read(state) is { } endpoint && endpoint.ProcessId == process.Id)
                return endpoint;
            if (!process.IsAlive)
                throw StartFailure.Read(state) ?? FairleadException.Unavailable($"The control plane ended while starting:\n{Tail(LogFile(state))}");
            await Task.Delay(PollInterval, time, cancellationToken);
        }

        process.Terminate();
        throw FairleadException.Unavailable($"The control plane was not ready within {StartTimeout.TotalSeconds:0} s; its log is '{LogFile(state)}':\n{Tail(LogFile(state))}");
    }

    private static string Tail(string path) => string.Join('\n', File.ReadLines(path).TakeLast(LogTail));
}

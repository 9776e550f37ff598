namespace Fairlead.Domain.Instances;

/// <summary>A running instance. Disposing it ends it at once, with everything that it started.</summary>
public interface IInstance : IAsyncDisposable
{
    /// <summary>Where it was told to listen, on loopback or in its cluster, such as <c>http://127.0.0.1:41234</c>.</summary>
    Uri Address { get; }

    /// <summary>Names it for people: a process id or a pod's name.</summary>
    string Label { get; }

    /// <summary>The last lines that it printed, oldest first; empty where the platform does not know them.</summary>
    IReadOnlyList<string> LastLines => [];

    /// <summary>Completes when it has ended, by itself or not, with one sentence that says how.</summary>
    Task<string> Ended { get; }

    /// <summary>What it uses of the machine, at most a second old; null where the platform cannot say, and when it has ended.</summary>
    InstanceUsage? Usage => null;

    /// <summary>Asks it to end, and ends it when the command's stop timeout is over or the token is cancelled.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}

namespace Fairlead.Domain.Services;

/// <summary>How the instances of a command service run.</summary>
public sealed record CommandSettings
{
    public static readonly TimeSpan DefaultStartTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DefaultStopTimeout = TimeSpan.FromSeconds(10);

    public int Instances { get; init; } = 1;

    /// <summary>A server group that takes traffic has no fewer; null for one.</summary>
    public int? MinInstances { get; init; }

    /// <summary>A server group has no more; null for no limit.</summary>
    public int? MaxInstances { get; init; }

    /// <summary>Environment variables, beside <c>PORT</c> and those that begin with <c>FAIRLEAD_</c>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>References to secrets by the environment variable that holds their values; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Secrets { get; init; }

    /// <summary>From the start to the first healthy answer.</summary>
    public TimeSpan StartTimeout { get; init; } = DefaultStartTimeout;

    /// <summary>From SIGTERM to SIGKILL.</summary>
    public TimeSpan StopTimeout { get; init; } = DefaultStopTimeout;

    /// <summary>Address space in bytes of each instance; null for no limit.</summary>
    public long? Memory { get; init; }

    /// <summary>False runs the program without a sandbox.</summary>
    public bool IsSandboxed { get; init; } = true;
}

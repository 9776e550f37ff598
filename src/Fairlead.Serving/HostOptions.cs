using System.Net;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Transport.Loops;

namespace Fairlead.Serving;

/// <summary>How a host listens and where it keeps its state.</summary>
public sealed record HostOptions
{
    public const int DefaultPort = 7071;
    public const long DefaultMaxBodyBytes = 64 * 1024 * 1024;
    public const int DefaultMaxConnections = 20_000;
    public const string LocalHost = "localhost";
    private const string TransportVariable = "FAIRLEAD_TRANSPORT";
    private const int SmallestBuffer = 64 * 1024;
    private static readonly TimeSpan DefaultHeaderTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DefaultBodyPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DefaultKeepAliveTimeout = TimeSpan.FromSeconds(130);

    /// <summary><c>localhost</c> (both loopback addresses) or an IP address; one that others can reach needs a token.</summary>
    public string Address { get; init; } = LocalHost;

    /// <summary>0 takes any free port of 127.0.0.1.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>When set, every request must carry it as <c>Authorization: Bearer …</c>, and the host sends it to the control plane.</summary>
    public string? Token { get; init; }

    /// <summary>Longest body of a request, inclusive.</summary>
    public long MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>Where the desired state comes from; null for a host that is only told by <see cref="HostServer.ApplyAsync"/>.</summary>
    public Uri? ControlUrl { get; init; }

    public required StateFolder StateFolder { get; init; }

    /// <summary>Further ports that answer all environments, such as the one that gRPC clients of other servers expect. One that is in use is a warning.</summary>
    public IReadOnlyList<int> ExtraPorts { get; init; } = [];

    /// <summary>What the loaded models may take together before the ones that nobody uses go to sleep; null for half of the machine's memory.</summary>
    public long? ModelMemoryBytes { get; init; }

    /// <summary>What the bodies of all requests under way may take together, before requests are answered 429; null for a quarter of the machine's memory.</summary>
    public long? BodyMemoryBytes { get; init; }

    /// <summary>Connections at a time, of each port; more are closed at once.</summary>
    public int MaxConnections { get; init; } = DefaultMaxConnections;

    /// <summary>For the headers of a request to arrive.</summary>
    public TimeSpan HeaderTimeout { get; init; } = DefaultHeaderTimeout;

    /// <summary>How long a connection may be idle.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = DefaultKeepAliveTimeout;

    /// <summary>How long nothing may arrive of a body that is gathered.</summary>
    public TimeSpan BodyPause { get; init; } = DefaultBodyPause;

    /// <summary>Slower bodies are given up.</summary>
    public double MinBytesPerSecond { get; init; } = 240;

    /// <summary>The variables <c>OTEL_…</c> of OpenTelemetry by name, which say whether and where traces and metrics are exported; null for those of the process.</summary>
    public IReadOnlyDictionary<string, string>? TelemetryVariables { get; init; }

    /// <summary>How connections are served; null for what <c>FAIRLEAD_TRANSPORT</c> says (<c>loops</c> or <c>sockets</c>), which is <c>loops</c> where the system has them.</summary>
    public HostTransport? Transport { get; init; }

    /// <exception cref="FairleadException">Invalid: <c>FAIRLEAD_TRANSPORT</c> says something else.</exception>
    internal bool UsesEventLoops => (Transport ?? TransportOfProcess()) == HostTransport.Loops && EventLoopGroup.IsSupported;

    internal long ModelMemory => ModelMemoryBytes ?? MachineMemory / 2;

    /// <summary>Never less than one body needs that grows by doubling.</summary>
    internal long BodyMemory => Math.Max((2 * MaxBodyBytes) + SmallestBuffer, BodyMemoryBytes ?? MachineMemory / 4);

    private static long MachineMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    internal bool IsLoopback => Address == LocalHost || IPAddress.IsLoopback(IpAddress);

    internal IPAddress IpAddress => Address == LocalHost ? IPAddress.Loopback : IPAddress.Parse(Address);

    internal void Validate()
    {
        _ = UsesEventLoops;
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBodyBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HeaderTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(BodyPause, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(KeepAliveTimeout, TimeSpan.Zero);
        if (Address != LocalHost && !IPAddress.TryParse(Address, out _))
            throw FairleadException.Invalid($"The address '{Address}' is no IP address; use 'localhost' or one such as '0.0.0.0'.");
        if (Token is { Length: 0 })
            throw FairleadException.Invalid("The token is empty; set FAIRLEAD_TOKEN to a long random text, or unset it.");
        if (Token is null && !IsLoopback)
            throw FairleadException.Invalid($"The address '{Address}' can be reached by other machines, and there is no token; set FAIRLEAD_TOKEN, or listen on 'localhost'.");
    }

    private static HostTransport TransportOfProcess() => Environment.GetEnvironmentVariable(TransportVariable) switch
    {
        null or "" or "loops" => HostTransport.Loops,
        "sockets" => HostTransport.Sockets,
        var other => throw FairleadException.Invalid($"{TransportVariable} is '{other}'; set it to 'loops' or 'sockets', or unset it."),
    };
}

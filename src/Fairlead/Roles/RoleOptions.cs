using System.CommandLine;
using System.Net;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query.Workers;

namespace Fairlead.Roles;

/// <summary>Where the two roles listen; the same options for every command that starts them.</summary>
internal sealed record RoleOptions
{
    public const int DefaultPort = 7070;
    public const int DefaultHostPort = 7071;
    public const string DefaultAddress = "localhost";
    private const int MaxPort = 65535;
    private const int MostParallel = 4096;
    private const int DefaultQueryMegabytes = (int)(QueryWorkerOptions.DefaultMemory >> 20);
    private const int LeastQueryMegabytes = (int)(QueryWorkerOptions.LeastMemory >> 20);
    private const int MostQueryMegabytes = 1 << 20;

    public static readonly Option<int> Port = CreatePort("--port", "Port of the control plane.", DefaultPort);

    public static readonly Option<int> HostPort = CreatePort("--host-port", "Port of the host, which answers predictions.", DefaultHostPort);

    public static readonly Option<string> Address = new("--address")
    {
        Description = "IP address to listen on, or localhost; another than loopback needs FAIRLEAD_TOKEN.",
        DefaultValueFactory = _ => DefaultAddress,
        HelpName = "ip",
    };

    public static readonly Option<int> QueryMemory = CreateQueryMemory();

    public static readonly Option<int> Parallel = CreateParallel();

    public required int ControlPort { get; init; }

    public required int DataPort { get; init; }

    public required string ListenAddress { get; init; }

    /// <summary>Megabytes that a query of users may hold.</summary>
    public int QueryMegabytes { get; init; } = DefaultQueryMegabytes;

    /// <summary>Processors that steps may take together.</summary>
    public int ParallelSteps { get; init; } = Environment.ProcessorCount;

    /// <exception cref="FairleadException">Invalid when the address is none.</exception>
    public IPAddress IpAddress =>
        ListenAddress == DefaultAddress ? IPAddress.Loopback
        : IPAddress.TryParse(ListenAddress, out var address) ? address
        : throw FairleadException.Invalid($"'{ListenAddress}' is not an IP address; give one such as '127.0.0.1' with --address.");

    public string ControlUrl => $"http://{UrlHost}:{ControlPort}";

    public string HostUrl => $"http://{UrlHost}:{DataPort}";

    /// <summary>The name under which a local client reaches the address.</summary>
    private string UrlHost => ListenAddress is DefaultAddress or "127.0.0.1" or "0.0.0.0" or "::1" or "::" ? "localhost" : ListenAddress.Contains(':') ? $"[{ListenAddress}]" : ListenAddress;

    public static RoleOptions Read(ParseResult parse) => new()
    {
        ControlPort = parse.GetValue(Port),
        DataPort = parse.GetValue(HostPort),
        ListenAddress = parse.GetValue(Address)!,
        // Not every command that reads these takes it.
        QueryMegabytes = parse.GetResult(QueryMemory) is null ? DefaultQueryMegabytes : parse.GetValue(QueryMemory),
        ParallelSteps = parse.GetResult(Parallel) is null ? Environment.ProcessorCount : parse.GetValue(Parallel),
    };

    public IReadOnlyList<string> ToArguments() =>
        ["--port", $"{ControlPort}", "--host-port", $"{DataPort}", "--address", ListenAddress];

    /// <summary>With those that the control plane alone takes.</summary>
    public IReadOnlyList<string> ToControlArguments() => [.. ToArguments(), QueryMemory.Name, $"{QueryMegabytes}", Parallel.Name, $"{ParallelSteps}"];

    private static Option<int> CreateQueryMemory()
    {
        var option = new Option<int>("--query-memory")
        {
            Description = "Megabytes of memory for each query; one that does not get by with them has twice as much when it runs alone.",
            DefaultValueFactory = _ => DefaultQueryMegabytes,
            HelpName = "MB",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < LeastQueryMegabytes or > MostQueryMegabytes)
                result.AddError($"'{result.Tokens[0].Value}' is not accepted for --query-memory; expected {LeastQueryMegabytes} to {MostQueryMegabytes}.");
        });
        return option;
    }

    private static Option<int> CreateParallel()
    {
        var option = new Option<int>("--parallel")
        {
            Description = "Processors that steps may take together, of which a step that says nothing takes one; the machine's if not given.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            HelpName = "n",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 or > MostParallel)
                result.AddError($"'{result.Tokens[0].Value}' is not accepted for --parallel; expected 1 to {MostParallel}.");
        });
        return option;
    }

    private static Option<int> CreatePort(string name, string description, int port)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => port, HelpName = "port" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 or > MaxPort)
                result.AddError($"'{result.Tokens[0].Value}' is not a port for {name}; expected 1 to {MaxPort}.");
        });
        return option;
    }
}

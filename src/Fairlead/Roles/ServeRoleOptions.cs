using System.CommandLine;
using Fairlead.Domain.Problems;

namespace Fairlead.Roles;

/// <summary>What a host over a model repository serves, and where it listens.</summary>
internal sealed record ServeRoleOptions
{
    public const int DefaultPort = 8000;
    public const int DefaultGrpcPort = 8001;
    private const int MaxPort = 65535;

    public static readonly Argument<string> Folder = new("folder") { Description = "A model repository: NAME/VERSION/model.onnx.", HelpName = "folder" };

    public static readonly Option<int> Port = CreatePort("--port", "Port for REST; it answers gRPC too.", DefaultPort);

    public static readonly Option<int> GrpcPort = CreatePort("--grpc-port", "A second port, where clients look for gRPC; it answers REST too.", DefaultGrpcPort);

    public static readonly Option<string?> State = new("--state") { Description = "Folder that keeps the log of predictions; without it nothing is kept.", HelpName = "folder" };

    public static readonly Option<bool> NoCapture = new("--no-capture") { Description = "Keep no log of predictions in the state's folder." };

    public required string ModelFolder { get; init; }

    public required string Address { get; init; }

    public required int RestPort { get; init; }

    public required int RpcPort { get; init; }

    /// <summary>Null for a folder of its own that is removed at the end.</summary>
    public required string? StateFolder { get; init; }

    public required bool IsCapturing { get; init; }

    /// <exception cref="FairleadException">NotFound, Conflict.</exception>
    public static ServeRoleOptions Read(ParseResult parse)
    {
        var folder = Path.GetFullPath(parse.GetValue(Folder)!);
        if (!Directory.Exists(folder))
            throw FairleadException.NotFound($"There is no folder '{folder}'; give one that holds models as NAME/VERSION/model.onnx.");
        var options = new ServeRoleOptions
        {
            ModelFolder = folder,
            Address = parse.GetValue(RoleOptions.Address)!,
            RestPort = parse.GetValue(Port),
            RpcPort = parse.GetValue(GrpcPort),
            StateFolder = parse.GetValue(State) is { } state ? Path.GetFullPath(state) : null,
            IsCapturing = parse.GetValue(State) is not null && !parse.GetValue(NoCapture),
        };
        return options.RestPort != options.RpcPort ? options : throw FairleadException.Conflict($"'--port' and '--grpc-port' are both '{options.RestPort}'; one port answers both, so choose any other for '--grpc-port'.");
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

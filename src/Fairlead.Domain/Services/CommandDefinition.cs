namespace Fairlead.Domain.Services;

/// <summary>A command service in the project file.</summary>
public sealed record CommandDefinition
{
    /// <summary>A command line for <c>/bin/sh -c</c>; it listens on the port in <c>PORT</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Files and folders of the repository that the command sees, in file order.</summary>
    public IReadOnlyList<string> Code { get; init; } = [];

    public ServiceProtocol Protocol { get; init; } = ServiceProtocol.Http;

    public HealthCheck Health { get; init; } = new();

    /// <summary>Path of a .proto file of the repository.</summary>
    public string? Contract { get; init; }

    public CommandSettings Settings { get; init; } = new();
}

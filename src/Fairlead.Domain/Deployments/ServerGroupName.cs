using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Deployments;

/// <summary>Names a server group: service, environment and number, such as <c>late-prod-v003</c>.</summary>
/// <remarks>Names of services and environments hold no hyphen, so that the text can be taken apart. <c>default</c> names none.</remarks>
[JsonConverter(typeof(ServerGroupNameJsonConverter))]
public readonly record struct ServerGroupName
{
    private readonly string? service;
    private readonly string? environment;

    public ServerGroupName(string service, string environment, int number)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        ArgumentException.ThrowIfNullOrEmpty(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        this.service = service;
        this.environment = environment;
        Number = number;
    }

    public string Service => service ?? throw new InvalidOperationException("The server group's name is not set.");

    public string Environment => environment ?? throw new InvalidOperationException("The server group's name is not set.");

    public int Number { get; }

    public static ServerGroupName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a server group; expected service-environment-vNNN, such as 'late-prod-v003'.");

    public static bool TryParse([NotNullWhen(true)] string? text, out ServerGroupName name)
    {
        name = default;
        if (text?.Split('-') is not [{ Length: > 0 } service, { Length: > 0 } environment, ['v', .. { Length: > 0 } digits]]
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return false;
        name = new ServerGroupName(service, environment, number);
        return true;
    }

    public override string ToString() => service is null ? "" : $"{service}-{environment}-v{Number:D3}";
}

using System.Text.Json.Serialization;

namespace Fairlead.Domain.Notices;

/// <summary>E-mail by a mail server.</summary>
public sealed record MailDefinition : ChannelDefinition
{
    [JsonIgnore]
    public override string Kind => "smtp";

    public required string Host { get; init; }

    public required int Port { get; init; }

    public MailSecurity Security { get; init; }

    /// <summary>An address.</summary>
    public required string From { get; init; }

    /// <summary>Addresses, one at least.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Null for a server that takes messages without.</summary>
    public string? User { get; init; }

    /// <summary>Reference.</summary>
    public string? Password { get; init; }
}

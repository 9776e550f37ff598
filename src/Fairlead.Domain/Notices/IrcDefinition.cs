using System.Text.Json.Serialization;

namespace Fairlead.Domain.Notices;

/// <summary>A channel of an IRC network.</summary>
public sealed record IrcDefinition : ChannelDefinition
{
    [JsonIgnore]
    public override string Kind => "irc";

    public required string Host { get; init; }

    public required int Port { get; init; }

    public bool IsTls { get; init; } = true;

    public required string Nick { get; init; }

    /// <summary>With its <c>#</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Reference to the channel's key; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The account to sign in with by SASL; null for none.</summary>
    public string? User { get; init; }

    /// <summary>Reference to the account's password.</summary>
    public string? Password { get; init; }

    /// <summary>True to tell the password to NickServ instead of SASL.</summary>
    public bool UsesNickServ { get; init; }

    /// <summary>True to take commands of people who are linked to users.</summary>
    public bool HasRobot { get; init; }
}

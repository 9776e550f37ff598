using System.Text.Json.Serialization;

namespace Fairlead.Domain.Notices;

/// <summary>An incoming webhook of Slack, or of what takes the same requests.</summary>
public sealed record SlackDefinition : ChannelDefinition
{
    [JsonIgnore]
    public override string Kind => "slack";

    /// <summary>Reference to the URL, which is a secret.</summary>
    public required string Url { get; init; }

    /// <summary>Reference to the key by which slash commands are signed; null when none are taken.</summary>
    public string? SigningSecret { get; init; }
}

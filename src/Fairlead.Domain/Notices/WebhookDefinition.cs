using System.Text.Json.Serialization;

namespace Fairlead.Domain.Notices;

/// <summary>A program of one's own that is called.</summary>
public sealed record WebhookDefinition : ChannelDefinition
{
    [JsonIgnore]
    public override string Kind => "webhook";

    /// <summary>Absolute, http or https, or a reference to one.</summary>
    public required string Url { get; init; }

    /// <summary>Reference to the key of the signatures; null for none.</summary>
    public string? Secret { get; init; }

    /// <summary>True to be sent the data alone, as it was before there were envelopes.</summary>
    public bool IsPlain { get; init; }
}

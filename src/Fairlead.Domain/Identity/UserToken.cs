using System.Text.Json.Serialization;

namespace Fairlead.Domain.Identity;

/// <summary>What is kept of a token: enough to know it again, too little to make it.</summary>
public sealed record UserToken
{
    /// <summary>The public part, by which it is found and named.</summary>
    public required string Id { get; init; }

    public required string User { get; init; }

    /// <summary>SHA-256 of the whole token: 32 bytes. Never sent anywhere.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } end || now < end);
}

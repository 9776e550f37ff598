using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Releases;

/// <summary>What asking for a release gave.</summary>
/// <param name="IsNew">False when the newest release holds the same content already and is returned again.</param>
public sealed record MadeRelease(Release Release, bool IsNew);

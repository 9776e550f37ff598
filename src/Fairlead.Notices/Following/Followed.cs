using Fairlead.Domain.Notices;

namespace Fairlead.Notices.Following;

/// <summary>What came of looking at a thing that changed.</summary>
/// <param name="Mark">What is told of it with these; null where nothing needs to be remembered.</param>
internal sealed record Followed(IReadOnlyList<NoticeDraft> Drafts, string? Mark)
{
    public static Followed Nothing { get; } = new([], null);
}

namespace Fairlead.Domain.Notices;

/// <summary>Something changed, and nobody has looked yet whether people want to be told. Noted in the transaction that changed it.</summary>
/// <param name="Source">One of <c>execution</c>, <c>rollout</c>, <c>audit</c>.</param>
/// <param name="Number">Which of them.</param>
/// <param name="Revision">Grows with every change.</param>
public sealed record NoticeFeedEntry(string Source, long Number, long Revision);

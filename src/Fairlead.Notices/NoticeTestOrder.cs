namespace Fairlead.Notices;

/// <param name="User">Who wants to know; taken where there are no users.</param>
public sealed record NoticeTestOrder(string? User);

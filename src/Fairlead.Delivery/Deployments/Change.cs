namespace Fairlead.Delivery.Deployments;

/// <summary>When something changes, and who wants it.</summary>
internal readonly record struct Change(DateTimeOffset At, string User);

namespace Fairlead.Serving.Instances;

/// <summary>Something that happened to an instance.</summary>
/// <param name="At">On the monotonic clock.</param>
/// <param name="Message">One sentence, for those that are bad.</param>
/// <param name="Jitter">0 to 1.</param>
internal readonly record struct InstanceEvent(InstanceEventKind Kind, TimeSpan At, string? Message = null, double Jitter = 0);

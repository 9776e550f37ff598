namespace Fairlead.Delivery.Rollouts;

/// <summary>How a server group looks at one moment.</summary>
/// <param name="Wanted">Instances that it is to have; null for a model, or when no host says.</param>
/// <param name="Ready">Instances that take requests; null as above.</param>
/// <param name="Answered">Requests that it answered in the time looked at.</param>
/// <param name="Errors">Those among them that were errors of the server.</param>
internal sealed record GroupSight(int? Wanted, int? Ready, long Answered, long Errors)
{
    public static readonly GroupSight Unknown = new(null, null, 0, 0);

    public double ErrorRate => Answered == 0 ? 0 : (double)Errors / Answered;
}

using Fairlead.Domain.Deployments;

namespace Fairlead.Monitoring.Experiments.Judging;

/// <summary>One arm in one metric.</summary>
/// <param name="Units">Those with a value.</param>
/// <param name="Mean">Adjusted by the covariate, if there is one; null without units.</param>
/// <param name="StandardError">Of the mean; null with less than two units.</param>
public sealed record ArmReport(ServerGroupName ServerGroup, long Units, double? Mean, double? StandardError);

using Fairlead.Domain.Deployments;

namespace Fairlead.Serving.States;

/// <summary>What came of the last desired state.</summary>
/// <param name="AppliedVersion">The version that takes requests; 0 before the first.</param>
/// <param name="RefusedVersion">The version that could not be applied, when that was the last attempt.</param>
/// <param name="Pending">Server groups without traffic that are still being made ready.</param>
internal sealed record ApplyResult(long AppliedVersion, long? RefusedVersion, IReadOnlyList<ServerGroupFailure> Failures, IReadOnlyList<ServerGroupName> Pending)
{
    /// <summary>The version that was attempted last.</summary>
    public long AttemptedVersion => RefusedVersion ?? AppliedVersion;
}

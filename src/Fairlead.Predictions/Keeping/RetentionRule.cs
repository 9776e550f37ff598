namespace Fairlead.Predictions.Keeping;

/// <summary>Predictions of a service in an environment from before a day are not kept.</summary>
internal sealed record RetentionRule(string Environment, string Service, DateOnly FirstKept)
{
    public long FirstKeptMicroseconds => (FirstKept.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}

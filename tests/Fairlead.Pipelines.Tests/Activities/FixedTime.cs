namespace Fairlead.Pipelines.Tests.Activities;

/// <summary>A clock that a test sets.</summary>
internal sealed class FixedTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Sample.Start;

    public override DateTimeOffset GetUtcNow() => Now;
}

namespace Fairlead.Steps;

/// <summary>Remembers the first failure of an invocation, after which no further step begins. Safe for use by many at once.</summary>
internal sealed class FailureStop
{
    private volatile string? step;

    /// <summary>The step that failed first; null while none has.</summary>
    public string? Step => step;

    public void Record(string failed) => step ??= failed;
}

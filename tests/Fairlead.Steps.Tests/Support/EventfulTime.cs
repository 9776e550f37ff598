namespace Fairlead.Steps.Tests.Support;

/// <summary>A clock on which something happens each time it is read: the store reads it just before it begins with a file.</summary>
internal sealed class EventfulTime : TimeProvider
{
    public Action Happening { get; set; } = () => { };

    public override DateTimeOffset GetUtcNow()
    {
        Happening();
        return System.GetUtcNow();
    }
}

using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Webhooks;

/// <summary>Is told, and looks at nothing.</summary>
internal sealed class WebhookSource : ITriggerSource
{
    public string Source => "";

    public TimeSpan? Interval => null;

    public Task<TriggerLook?> LookAsync(string? cursor, CancellationToken cancellationToken) => Task.FromResult<TriggerLook?>(null);
}

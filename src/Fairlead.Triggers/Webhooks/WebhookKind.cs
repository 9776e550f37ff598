using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Webhooks;

internal sealed class WebhookKind : ITriggerKind
{
    public string Name => "webhook";

    public ITriggerSource Create(TriggerContext trigger) => new WebhookSource();
}

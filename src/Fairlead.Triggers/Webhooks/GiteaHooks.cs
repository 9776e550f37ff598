namespace Fairlead.Triggers.Webhooks;

/// <summary>Gitea, and Forgejo, which comes from it and sends the same under its own names too.</summary>
/// <param name="name">As the project file names it.</param>
internal sealed class GiteaHooks(string name) : IHookFormat
{
    public string Name => name;

    public bool IsRight(HookRequest request, byte[] secret) => HookSignature.IsHmac(First(request, "X-Forgejo-Signature", "X-Gitea-Signature", "X-Hub-Signature-256"), secret, request.Body.Span);

    public string DeliveryOf(HookRequest request) => First(request, "X-Forgejo-Delivery", "X-Gitea-Delivery", "X-GitHub-Delivery");

    public string EventOf(HookRequest request) => First(request, "X-Forgejo-Event", "X-Gitea-Event", "X-GitHub-Event");

    public bool IsPush(string kind) => kind is "push" or "create";

    private static string First(HookRequest request, params ReadOnlySpan<string> names)
    {
        foreach (var header in names)
        {
            if (request.Header(header) is { Length: > 0 } value)
                return value;
        }

        return "";
    }
}

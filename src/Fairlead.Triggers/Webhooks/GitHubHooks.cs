namespace Fairlead.Triggers.Webhooks;

internal sealed class GitHubHooks : IHookFormat
{
    public string Name => "github";

    public bool IsRight(HookRequest request, byte[] secret) => HookSignature.IsHmac(request.Header("X-Hub-Signature-256"), secret, request.Body.Span);

    public string DeliveryOf(HookRequest request) => request.Header("X-GitHub-Delivery");

    public string EventOf(HookRequest request) => request.Header("X-GitHub-Event");

    public bool IsPush(string kind) => kind is "push" or "create";
}

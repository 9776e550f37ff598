using System.Text;

namespace Fairlead.Triggers.Webhooks;

/// <summary>GitLab signs nothing: it sends the secret itself.</summary>
internal sealed class GitLabHooks : IHookFormat
{
    public string Name => "gitlab";

    public bool IsRight(HookRequest request, byte[] secret) => HookSignature.IsSame(request.Header("X-Gitlab-Token"), Encoding.UTF8.GetString(secret));

    public string DeliveryOf(HookRequest request) => request.Header("Idempotency-Key") is { Length: > 0 } key ? key : request.Header("X-Gitlab-Event-UUID");

    public string EventOf(HookRequest request) => request.Header("X-Gitlab-Event");

    public bool IsPush(string kind) => kind is "Push Hook" or "Tag Push Hook";
}

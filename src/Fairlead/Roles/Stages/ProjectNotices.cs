using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Pipelines.Activities;

namespace Fairlead.Roles.Stages;

/// <summary>Tells people by the webhook of the project file.</summary>
/// <param name="http">Does not follow redirects; has a time limit.</param>
internal sealed class ProjectNotices(IWorkspace workspace, HttpClient http, TimeProvider time) : INoticeSender
{
    public async Task<bool> SendAsync(string key, string message, JsonElement details, CancellationToken cancellationToken)
    {
        if ((await workspace.ReadAsync(cancellationToken)).Project.Notify is not { } notify)
            return false;
        string? secret = null;
        if (notify.SecretVariable is { } variable)
            secret = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : throw FairleadException.Invalid($"The environment variable '{variable}' with the key of the signature is not set where the control plane runs; set it there.");
        var body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["delivery"] = key, ["at"] = time.GetUtcNow(), ["message"] = message, ["details"] = JsonNode.Parse(details.GetRawText()) });
        try
        {
            using var request = SignedCall.Create(HttpMethod.Post, new Uri(notify.WebhookUrl), key, body, secret, time.GetUtcNow());
            using var answer = await http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode ? true : throw FairleadException.Unavailable($"'{notify.WebhookUrl}' answered with status {(int)answer.StatusCode}; see 'notify' in the project file.");
        }
        catch (HttpRequestException e)
        {
            throw FairleadException.Unavailable($"'{notify.WebhookUrl}' cannot be reached: {e.Message}; see 'notify' in the project file.", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw FairleadException.Unavailable($"'{notify.WebhookUrl}' did not answer in time; see 'notify' in the project file.", e);
        }
    }
}

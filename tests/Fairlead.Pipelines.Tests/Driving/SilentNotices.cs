using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Pipelines.Tests.Driving;

internal sealed class SilentNotices : INoticeSender
{
    public Task<bool> SendAsync(string key, string message, JsonElement details, CancellationToken cancellationToken) => Task.FromResult(false);
}

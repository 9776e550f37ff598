using System.Text.Json;

namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>The seam to how people are told.</summary>
public interface INoticeSender
{
    /// <summary>Tells; receivers drop what they got under the same key.</summary>
    /// <returns>False when there is nobody to tell.</returns>
    /// <exception cref="Problems.FairleadException">Unavailable: it did not arrive.</exception>
    Task<bool> SendAsync(string key, string message, JsonElement details, CancellationToken cancellationToken);
}

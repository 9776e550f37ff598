namespace Fairlead.Domain.Projects;

/// <summary>Where transitions of alerts are sent.</summary>
/// <param name="WebhookUrl">Absolute, http or https.</param>
/// <param name="SecretVariable">Environment variable of the control plane that holds the key of the signatures; null for none.</param>
public sealed record NotifyDefinition(string WebhookUrl, string? SecretVariable);

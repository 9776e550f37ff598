namespace Fairlead.Pipelines.Activities;

/// <summary>What calls of webhooks need to know.</summary>
/// <param name="BaseUrl">Under which receivers reach this control plane.</param>
/// <param name="Variable">Reads an environment variable of the control plane.</param>
public sealed record WebhookOptions(Uri BaseUrl, CallbackTokens Tokens, Func<string, string?> Variable);

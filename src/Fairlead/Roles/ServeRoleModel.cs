using Fairlead.Domain.Models;

namespace Fairlead.Roles;

/// <summary>A version of a model in the folder.</summary>
/// <param name="Number">Its version, from 1.</param>
/// <param name="Version">What is served; null when the file is no model that the engine can serve.</param>
/// <param name="Problem">Why it is not served; empty when it can be.</param>
internal sealed record ServeRoleModel(string Name, int Number, ModelVersion? Version, string Problem);

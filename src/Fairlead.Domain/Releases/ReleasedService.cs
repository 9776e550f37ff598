using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;

namespace Fairlead.Domain.Releases;

/// <summary>A service as a release carries it.</summary>
public sealed record ReleasedService(string Name, ModelVersion Model, CaptureDurability Durability);

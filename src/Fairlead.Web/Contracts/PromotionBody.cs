namespace Fairlead.Web.Contracts;

/// <param name="Trial">Null: the best one.</param>
public sealed record PromotionBody(int? Trial, string? User);

#!/usr/bin/env python
# coding: utf-8

# # Crossings of the bridges
# How many people cross in an hour, and is the mean a good word for it?

# In[1]:


import json, math, os

path = os.environ.get("FAIRLEAD_IN_CLEAN", "clean.csv")
numbers = sorted(float(line) for line in open(path))
len(numbers)


# In[2]:


mean = math.fsum(numbers) / len(numbers)
deviation = math.sqrt(math.fsum((x - mean) ** 2 for x in numbers) / (len(numbers) - 1))
mean, deviation


# Half of the hours are far below the mean: the median tells more.

# In[3]:


half = len(numbers) // 2
median = numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2
median


# In[4]:


with open(os.environ.get("FAIRLEAD_OUT_SUMMARY_JSON", "summary.json"), "w") as file:
    json.dump({"count": len(numbers), "mean": mean, "deviation": deviation, "median": median}, file)

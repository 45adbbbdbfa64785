"""Jevn: from knowledge to an adopted and followed-up plan against social inequality in health.

The library follows the six steps of the planning work. Each step is a folder that
answers one question and gives one kind of result:

====  ==================  ==============================================  ====================
step  folder              question                                        result
====  ==================  ==============================================  ====================
1     ``evidence``        Which areas of effort does research recommend?  ``EvidenceCatalogue``
2     ``challenges``      Where does it burn most here?                   ``ChallengeProfile``
3     ``effort``          What do we do today, for whom, with how much?   ``EffortProfile``
4     ``participation``   What do people propose and wish for?            ``Voices``
5     ``impact``          What follows from each alternative, for whom?   ``Assessment``
6     ``prioritisation``  What do politicians put first, and why?         ``Prioritisation``
-     ``plan``            The plan: goals, strategies, actions, thread    ``PlanProposal``
-     ``followup``        Did it happen, and did it help?                 ``FollowUp``
====  ==================  ==============================================  ====================

Steps 1-4 are independent inputs; step 5 stands on them; step 6 on 5. Below the steps lie

* ``terms``: the words everything is said with: areas of effort, social dimensions,
  reach, criteria, scales, languages, errors;
* ``tables``: typed tables read from real files, ``Origin`` (where a figure comes from),
  protection of small numbers;
* ``indices`` and ``rankings``: formulas for inequality, and for combining ranked lists.

Above the steps lie

* ``publishing``: charts, web pages, PDF, DOCX and data packages from the results;
* ``planwork``: one municipality's work: reads and writes the plan folder, runs the steps;
* ``demo``: Elvebyen, a fictional municipality from a seeded generator;
* ``cli``: the command ``jevn``.

A folder may import those below it, never those above it or beside it.
"""

__version__ = "0.1.0"
